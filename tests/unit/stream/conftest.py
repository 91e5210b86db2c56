"""Gives the tests the module `fakes`, which importmode importlib keeps from being imported by name."""

import importlib.util
import sys
from pathlib import Path

_spec = importlib.util.spec_from_file_location("fakes", Path(__file__).with_name("fakes.py"))
fakes = importlib.util.module_from_spec(_spec)
sys.modules["fakes"] = fakes
_spec.loader.exec_module(fakes)
