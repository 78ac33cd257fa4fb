"""What the rules of the fact base (section 7) notice about a planned course, in rooms by subject.

Each rule is a small function over `facts` that returns findings; `rules` names them all in one tuple.
"""
