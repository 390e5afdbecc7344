"""The values that fields hold: lines, addresses, codes, dates, money, and how each of them is written."""
