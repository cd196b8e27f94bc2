"""The recipe of the starter package: from text to a tested ``.argosmodel``."""
