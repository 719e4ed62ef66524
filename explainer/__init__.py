"""A website that explains treatments with an evidence label on every claim."""
