"""Gongkai 公开: the government-information-disclosure work of a Chinese agency, from draft to annual report."""
