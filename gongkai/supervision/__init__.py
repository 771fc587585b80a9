"""An organ above others: who has reported, what fails, reminders, and the sum of what they published."""
