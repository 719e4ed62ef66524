"""What is true of every answer: headers, health, logs, serving. Knows nothing of articles."""
