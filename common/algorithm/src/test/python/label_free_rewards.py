"""Label-free rewards, written from the formulas of their papers in plain Python, to hold the Java ones against.

    python3 common/algorithm/src/test/python/label_free_rewards.py

prints the numbers that LabelFreeRewardsTest expects. SCRL: arXiv 2603.19880. EM-RL-sequence: arXiv 2505.15134.
"""
from collections import Counter


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


if __name__ == "__main__":
    sixteen = ["4"] * 7 + ["5"] * 4 + ["6", "7", None, "8", "8", None]
    sixteen = [sixteen[(5 * i) % 17] for i in range(17)]
    entropies = [0.05 + 0.11 * ((5 * i) % 9) for i in range(17)]
    print("SCRL, 17 samples:", *scrl(sixteen, entropies))
    eight = ["1", "2", "1", "2", "3", "1", "4", "2"]
    print("SCRL without a label:", *scrl(eight, [.1, .2, .3, .4, .5, .6, .7, .8]))
    print("EM-RL-sequence:", em_rl_sequence([-0.5, -0.25, -2.0, -0.0625]))
