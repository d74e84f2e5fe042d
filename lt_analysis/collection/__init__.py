"""What organisations return, turned into checked records; every row accounted for."""
