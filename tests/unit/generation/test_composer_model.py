"""The network: reading at once, in blocks or symbol by symbol comes to the same."""

import numpy as np
import pytest
import torch

from generation.composer.encoding import encode
from generation.composer.model import Cache, Composer, Shape
from generation.composer.reading import ROWS, Reader
from generation.composer.timeline import features
from generation.composer.weights import WeightsMissing, hastened, load, save
from tests.unit.generation.composer_pieces import tune

TINY = Shape(layers=2, channels=32, heads=2, hidden=64, context=256)


def tiny_model(shape: Shape = TINY) -> Composer:
    """A model whose every weight matters."""
    torch.manual_seed(0)
    model = Composer(shape)
    with torch.no_grad():
        for weight in model.parameters():
            if not weight.abs().sum():
                weight.normal_(std=0.3)
    return model.eval().requires_grad_(False)


def inputs(count: int) -> tuple[torch.Tensor, torch.Tensor, list[int]]:
    symbols = encode(tune(parts=3, bars=12)).tolist()[:count]
    return torch.tensor(symbols)[None], torch.from_numpy(features(symbols))[None], symbols


def test_the_cache_gives_what_the_whole_gives():
    model = tiny_model()
    ids, places, _ = inputs(160)
    whole = model(ids, places)[0]
    cache = Cache(TINY, ROWS)
    for start in range(0, 128, 64):
        end = start + 64
        logits = model.read(ids[:, start:end], places[:, :, start:end], cache, 1, start, 63)
        assert torch.allclose(logits, whole[end - 1], atol=1e-4)
    for at in range(128, 160):
        row = model.step(
            ids[:, at : at + 1].expand(ROWS, 1),
            places[:, :, at : at + 1].expand(ROWS, 4, 1),
            cache,
            [-1, at, -1, -1],
        )[1]
        assert torch.allclose(row, whole[at], atol=1e-4)


def test_later_symbols_change_nothing_earlier():
    model = tiny_model()
    ids, places, _ = inputs(100)
    other = ids.clone()
    other[0, 60:] = 5
    assert torch.equal(model(ids, places)[0, :60], model(other, places)[0, :60])


def test_a_known_prompt_gives_the_same_bits_as_an_unknown_one():
    _, _, symbols = inputs(200)
    fresh = Reader(hastened(tiny_model()))
    cold = fresh.prompt(symbols, fresh.page(), [0])
    reader = Reader(hastened(tiny_model()))
    page = reader.page()
    reader.prompt(symbols[:150], page, [0])
    warm = reader.prompt(symbols, page, [2])
    assert reader.reused == 128
    assert np.array_equal(cold, warm)
    assert np.array_equal(cold, reader.prompt(symbols, page, [0, 1]))


def test_a_row_does_not_hear_the_others():
    _, _, symbols = inputs(130)
    reader = Reader(hastened(tiny_model()))
    page = reader.page()
    reader.prompt(symbols, page, range(ROWS))
    alone = reader.step({2: symbols[5]}, {2: (100, 3, 1, 0)}, {2: 130}, page)[2].copy()
    together = reader.step(
        {row: symbols[5 if row == 2 else row] for row in range(ROWS)},
        {row: (100, 3, 1, 0) if row == 2 else (50, 1, 0, 3) for row in range(ROWS)},
        {0: 130, 1: 130, 2: 130, 3: 130},
        page,
    )[2]
    assert np.array_equal(alone, together)


def test_a_context_that_is_exceeded_is_an_error():
    model = tiny_model()
    with pytest.raises(ValueError, match="exceed"):
        model(torch.zeros((1, 257), dtype=torch.long), torch.zeros((1, 4, 257), dtype=torch.int32))
    with pytest.raises(ValueError, match="prompt"):
        Reader(model).prompt([1] * 257, Cache(TINY, ROWS), [0])


def test_weights_come_back_from_their_file(tmp_path):
    model = tiny_model()
    path = tmp_path / "weights.safetensors"
    save(model, path)
    back = load(path)
    assert back.shape == TINY
    ids, places, _ = inputs(40)
    assert torch.allclose(model(ids, places), back(ids, places), atol=0.05)


def test_missing_or_broken_weights_say_how_to_train(tmp_path):
    path = tmp_path / "composer.safetensors"
    with pytest.raises(WeightsMissing, match="train_composer"):
        load(path)
    path.write_bytes(b"not weights at all")
    with pytest.raises(WeightsMissing, match="train_composer"):
        load(path)
