"""Files mangled in every way and checked as the product checks them: each ends as a result or a refusal, in bounds."""
