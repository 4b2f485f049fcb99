"""From executed notebooks to documents: the only place of papermill and matplotlib."""
