"""Applications for disclosure (依申请公开), as a register of receipt and outcome."""
