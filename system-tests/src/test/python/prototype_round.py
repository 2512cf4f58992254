"""Seconds of a TEMPO round in the Python prototype that the quickstart was tuned with: python3 prototype_round.py DIRECTORY THREADS [ROUNDS]

DIRECTORY holds the prototype's lab.py and methods.py. Weights are random: every response is generated to its full length, so that a
round's work does not depend on them. Prints the median over the rounds after the tenth. Evaluation is off.
"""

import statistics
import sys
import time

sys.path.insert(0, sys.argv[1])
import lab  # noqa: E402
import methods  # noqa: E402
import torch  # noqa: E402

torch.set_num_threads(int(sys.argv[2]))
rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 30
settings = dict(methods.DEF)
settings.setdefault("rkl", 0)
world, data = methods.setup(settings)
policy = lab.Net(world.T)
critic = methods.crit_from(policy)
settings["ev"] = 10 ** 9

begun = []
update = methods.policy_update


def timed(*arguments):
    done = update(*arguments)
    begun.append(time.time())
    return done


methods.policy_update = timed
methods.evaluate = lambda *ignored, **also: {k: 0.0 for k in ("avg", "p8", "p16", "maj", "mq", "stamp", "yes", "bad", "ndist")}
methods.run("tempo", world, policy, critic, data, settings, {}, "tempo", rounds)
times = [after - before for before, after in zip(begun[9:], begun[10:])]
print(f"median {statistics.median(times):.3f} s of {len(times)} rounds, {sys.argv[2]} threads, torch {torch.__version__}")
