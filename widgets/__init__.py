"""What a person sees and clicks in Voila: one screen a file."""
