"""The first cell of the notebook that papermill runs as a peer: see `batch.py`."""

import json

import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import Markdown, display

plt.rcParams["figure.dpi"] = 96


def read(path):
    """The parts of a review."""
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - as people write it
        return json.load(file)["parts"]


def show(part):
    """A heading, a paragraph, a table, a figure."""
    if part["is"] == "text":
        display(Markdown("#" * part["level"] + " " + part["text"]))
    elif part["is"] == "table":
        display(Markdown(part["caption"]))
        with pd.option_context("display.max_rows", None, "display.max_columns", None):
            display(pd.DataFrame(part["rows"], columns=part["heads"]))
    else:
        draw(part)


def draw(part):
    """A figure with its axes."""
    figure = plt.figure(figsize=(part["width"], part["height"]))
    for each in part["axes"]:
        axes = figure.add_axes(each["box"], xlim=each["x"], ylim=each["y"], title=each["title"])
        for line in each["lines"]:
            axes.plot(*zip(*line, strict=True))
        for points in each["points"]:
            axes.scatter(*zip(*points, strict=True))
        for x, y, width, height in each["bars"]:
            axes.add_patch(plt.Rectangle((x, y), width, height))
        for x, y, text in each["words"]:
            axes.text(x, y, text)
    plt.show()
