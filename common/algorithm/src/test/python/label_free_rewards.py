"""Label-free rewards, written from the formulas of papers or of their code in plain Python, to hold the Java ones against.

    python3 common/algorithm/src/test/python/label_free_rewards.py

prints the numbers that LabelFreeRewardsTest expects. SCRL: arXiv 2603.19880. EM-RL-sequence: arXiv 2505.15134.
TTRL-Guard: arXiv 2605.19444, step by step as its code keeps the state of a question.
"""
from collections import Counter
from statistics import stdev


def mean(numbers):
    numbers = list(numbers)
    return sum(numbers) / len(numbers)


def scrl(answers, entropies, tau_pos=0.375, tau_marg=0.125, tau_neg=0.125, lambda_h=0.1):
    n = len(answers)
    ranking = [(answer, count / n) for answer, count in Counter(answers).most_common() if answer is not None]
    positive = None
    if ranking and ranking[0][1] >= tau_pos and (len(ranking) == 1 or ranking[0][1] - ranking[1][1] > tau_marg):
        positive = ranking[0][0]
    overall = mean(entropies)
    share = dict(ranking)
    uncertain = {answer: mean(h for a, h in zip(answers, entropies) if a == answer) for answer in share}
    negative = {a for a in share if a != positive and share[a] < tau_neg and uncertain[a] >= overall}
    rewards = []
    for a in answers:
        if a is None:
            rewards.append(-1.0)
            continue
        r = share[a] if a == positive else share[a] - tau_neg if a in negative else 0.0
        rewards.append(r - lambda_h * (uncertain[a] - overall))
    return positive, rewards


def em_rl_sequence(log_probs):
    return mean(log_probs)


class Guard:
    """The state of one question: labels and majority ratios so far, whether it ever flipped, how often it was steady."""

    def __init__(self, window=5, tau_mr=0.6, lambda1=0.5, lambda2=0.3, beta=0.3, theta_mr=0.7, p_skip=0.7):
        self.window, self.tau_mr, self.lambda1, self.lambda2 = window, tau_mr, lambda1, lambda2
        self.beta, self.theta_mr, self.p_skip = beta, theta_mr, p_skip
        self.labels, self.ratios, self.competed, self.steady = [], [], False, 0

    def step(self, answers, draw):
        n = len(answers)
        counts = Counter(a for a in answers if a is not None)
        label, votes = counts.most_common(1)[0] if counts else ("None", 0)
        self.labels.append(label)
        self.ratios.append(votes / n)
        flip = float(len(self.labels) > 1 and self.labels[-1] != self.labels[-2])
        self.competed = self.competed or flip > 0
        recent = mean(self.ratios[-self.window:])
        enough = len(self.labels) >= self.window
        weight = 1 - self.lambda1 * flip
        if flip and self.ratios[-1] > self.tau_mr:
            weight *= 1 - self.lambda2
        if not self.competed and enough and recent > self.tau_mr and self.steady < self.window:
            weight *= 1 - self.lambda2 / 2
            self.steady += 1
        if self.competed and enough and recent > self.theta_mr and draw < self.p_skip:
            weight = 0.0
        rewards = [float(a == label) for a in answers]
        advantages = [(r - mean(rewards)) / (stdev(rewards) + 1e-6) * weight for r in rewards]
        scale = mean(abs(a) for a in advantages) + 1e-6
        minority = {a: c for a, c in counts.items() if c >= max(1, n // 4) and a != label}
        if flip and minority:
            gift = {a: self.beta * c / sum(minority.values()) for a, c in minority.items()}
            advantages = [
                adv + scale * (mean(gift.values()) * 0.05 if a is None else gift.get(a, 0.0))
                for adv, a in zip(advantages, answers)
            ]
        return advantages


GUARDED = [("11122233", 0.9), ("222211-1", 0.9), ("22222211", 0.9), ("11111112", 0.9), ("33344412", 0.9),
           ("44444444", 0.9), ("44444443", 0.9), ("44444443", 0.9), ("44444443", 0.8), ("44444443", 0.6)]

if __name__ == "__main__":
    sixteen = ["4"] * 7 + ["5"] * 4 + ["6", "7", None, "8", "8", None]
    sixteen = [sixteen[(5 * i) % 17] for i in range(17)]
    entropies = [0.05 + 0.11 * ((5 * i) % 9) for i in range(17)]
    print("SCRL, 17 samples:", *scrl(sixteen, entropies))
    eight = ["1", "2", "1", "2", "3", "1", "4", "2"]
    print("SCRL without a label:", *scrl(eight, [.1, .2, .3, .4, .5, .6, .7, .8]))
    print("EM-RL-sequence:", em_rl_sequence([-0.5, -0.25, -2.0, -0.0625]))
    guard = Guard()
    print("TTRL-Guard, a question's rounds:")
    for votes, drawn in GUARDED:
        print(" ", votes, guard.step([None if v == "-" else v for v in votes], drawn))
    steady = Guard()
    print("TTRL-Guard, never another label:", [steady.step(list("11112"), 0.0)[0] for _ in range(11)])
