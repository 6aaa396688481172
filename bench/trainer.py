"""One LoRA update, halo against TRL; see plugins/lora/sidecar/bench_trainer.py.

python bench/trainer.py [--n 8,16]
"""

import runpy
from pathlib import Path

SIDECAR = Path(__file__).parent.parent / "plugins" / "lora" / "sidecar"
runpy.run_path(str(SIDECAR / "bench_trainer.py"), run_name="__main__")
