"""Is this loss right? Judges a function against correctly rounded truth.

    import ebmcheck

    def hinge(F, m):                       # F = [F(x,y), F(x,ȳ)]
        t = m + F[0] - F[1]
        return max(t, 0.0), [1.0, -1.0] if t > 0 else [0.0, 0.0]

    ebmcheck.check(hinge, op="hinge")
    ebmcheck.check(lambda F, m: max(m + F[0] - F[1], 0.0) ** 2, formula="pos(m + F[y] - F[ybar])^2")

check runs ebmcheck, the command, on a function where it is: in a test, a script or a
notebook. serve makes of a script an adapter, the child of "ebmcheck gate -- python3
my_losses.py"; what functions are given and return is said in ebmcheck.adapter.
"""

from .adapter import Unsupported, batched, loss, serve
from .binary import NoBinary
from .checking import check
from .verdict import Failed, Verdict

__all__ = ["Failed", "NoBinary", "Unsupported", "Verdict", "batched", "check", "loss", "serve"]
