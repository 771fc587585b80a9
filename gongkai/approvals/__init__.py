"""Items of administrative power (许可、处罚、强制、收费、采购): limits, decisions, charges."""
