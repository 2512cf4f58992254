"""A cache of keys and values, and the passes that fill and read it, run as the Java side runs them."""
import torch

# Positions of a prompt and tokens that one pass runs, numbers in its masks; logits held at once. Java takes less of large models
# in float32 on a processor, where it promises bits.
CHUNK, TOKENS, MASKS, LOGITS = 256, 1024, 1 << 24, 1 << 22


def rounded(number, step):
    return -(-number // step) * step


class Cache:
    """Keys and values of sequences as long as each other, whose blocks lie together, and the passes that fill and read them.
    Cells are as decoding.torchscript has them; what makes a batch even writes behind the last one."""

    def __init__(self, model, rows, positions):
        self.model, self.rows, self.length = model, rows, 0
        layers, heads, size = (model.spec[key] for key in ("layers", "key_value_heads", "head_dim"))
        self.capacity = rounded(positions, max(16, (1 << positions.bit_length() - 1) // 8))
        self.block = heads * self.capacity
        self.plane = rows * self.block + heads
        # Of each sequence's first position, and of padding: [rows, K] and [K]
        self.cells = torch.arange(rows * heads, device=model.device).view(rows, heads) * self.capacity
        self.unused = torch.arange(rows * self.block, self.plane, device=model.device)
        self.pool = torch.zeros(layers, 2, self.plane, size, dtype=model.dtype, device=model.device)
        self.fixed = model.script.fix(self.pool, model.weights)

    def numbers(self, ids, row, start):
        """ids [b, t] of sequences from a row on, from a position on -> what a pass takes of them, [3 + 2 * K, N] for an even N"""
        b, t = ids.shape
        positions = torch.arange(start, start + t, device=ids.device)
        cells = (self.cells[row:row + b, None] + positions[:, None]).view(b * t, -1)
        cells = torch.cat([cells, self.unused.expand(b * t % 2, -1)])
        numbers = torch.zeros(3 + 2 * cells.size(1), cells.size(0), dtype=torch.float64, device=ids.device)
        numbers[0, :b * t] = ids.reshape(-1)
        numbers[1, :b * t] = positions.repeat(b)
        numbers[3:] = torch.stack([cells, cells + self.plane]).view(-1, cells.size(0))
        return numbers

    def prefill(self, ids):
        """Prompts [rows, t] -> hidden states behind them"""
        m = self.model
        m.script.clear(self.pool, 0, self.rows * self.block)
        self.length = ids.size(1)
        chunk = min(CHUNK, self.length)
        masks = m.spec["heads"] // m.spec["key_value_heads"] * chunk * self.length
        together = max(1, min(TOKENS // chunk, MASKS // masks))
        found = []
        for row in range(0, self.rows, together):
            for start in range(0, self.length, chunk):
                part = ids[row:row + together, start:start + chunk]
                b, t = part.shape
                spans = [b, t, row * self.block, self.capacity, start + 1, start + t]
                last = torch.arange(1, b + 1, device=ids.device) * t - 1
                hidden = m.script.prefill(self.pool, self.numbers(part, row, start), spans, last, m.inputs_first, self.fixed,
                                          m.narrow_cos, m.narrow_sin)
            found.append(hidden)
        return torch.cat(found)

    def asked(self, blocked, temperature, forced):
        """How all rows' tokens are drawn, as sampling.torchscript has it: numbers of each row, [6, rows], made even, and of all"""
        draws = torch.zeros(6, rounded(self.rows, 2), dtype=torch.float64, device=self.pool.device)
        draws[0].uniform_()
        draws[1], draws[2], draws[4] = -1, temperature, 1
        if forced is not None:
            draws[1, :self.rows] = forced
        most = max(2, LOGITS // self.model.spec["vocabulary"] // 2 * 2)
        return draws, [blocked, most, 0, int(temperature != 1), int(forced is not None)]

    def begin(self, hidden, blocked=-1, temperature=0.0):
        """Hidden states [rows, D] behind prompts -> as of step"""
        draws, how = self.asked(blocked, temperature, None)
        rows = torch.arange(draws.size(1), device=hidden.device) % self.rows
        return self.model.script.begin(hidden, rows, draws, how, self.model.inputs_first)[:self.rows]

    def step(self, ids, blocked=-1, temperature=0.0, forced=None):
        """ids [rows] -> [rows, 3]: next ids, their log-probabilities, their probabilities under what they were drawn from"""
        m = self.model
        # A few more keys are read than there are positions, as in Java's Buckets.
        step = 1 if self.length < 64 else 16 if self.length < 512 else 64
        read = rounded(self.length + 1, step)
        spans = [self.rows, 1, 0, self.capacity, read - step + 1, read]
        draws, how = self.asked(blocked, temperature, forced)
        numbers = torch.cat([self.numbers(ids.view(-1, 1), 0, self.length), draws])
        drawn = m.script.decode(self.pool, numbers, spans, how, m.inputs_first, self.fixed, m.narrow_cos, m.narrow_sin)
        self.length += 1
        return drawn[:self.rows]
