"""The commands of `gradus`: one module each, with a function of the same name; heavy imports inside it."""
