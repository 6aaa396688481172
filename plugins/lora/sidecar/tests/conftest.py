import sys
from pathlib import Path

import pytest
import torch

sys.path.insert(0, str(Path(__file__).parent.parent))

from halo_lora.tiny import write_tiny

# Models of a few hundred thousand parameters: a second thread costs more than it brings.
torch.set_num_threads(1)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A tiny random Qwen3-VL; three layers so that one has no deepstack map."""
    return str(write_tiny(tmp_path_factory.mktemp("tiny") / "model", layers=3, seed=1))
