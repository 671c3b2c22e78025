"""The numbers of the hand calculations: the lecture's, and everybody's own; one module an assignment."""
