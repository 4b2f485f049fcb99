"""How each public source becomes facts and figures of the register of public facts."""
