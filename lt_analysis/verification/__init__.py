"""The attacker: what anybody can work out about the hidden numbers from what is published."""
