"""The guide and the rules of an organ (指南、制度): in versions, prepared by one, approved by another."""
