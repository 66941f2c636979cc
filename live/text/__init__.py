"""Works on the text of answers: cleaning, counting words, finding similar texts, flagging. Knows nothing of rooms."""
