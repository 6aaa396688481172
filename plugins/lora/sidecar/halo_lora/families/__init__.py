"""One file for each family of models; `halo_lora.family` says what it holds."""
