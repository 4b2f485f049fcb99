# What R Markdown shows as a peer: see batch.py. A heading, a paragraph or a table; a figure.

show <- function(part) {
  if (part$is == "text") {
    cat("\n\n", strrep("#", part$level), if (part$level > 0) " ", part$text, "\n\n", sep = "")
  } else {
    rows <- do.call(rbind, lapply(part$rows, unlist))
    if (is.null(rows)) rows <- matrix(character(0), ncol = length(part$heads))
    colnames(rows) <- unlist(part$heads)
    print(knitr::kable(rows, format = "html", caption = part$caption))
    cat("\n\n")
  }
}

draw <- function(part) {
  first <- TRUE
  for (each in part$axes) {
    box <- unlist(each$box)
    box <- pmin(pmax(c(box[1], box[1] + box[3], box[2], box[2] + box[4]), 0), 1)
    par(fig = box, mar = c(0, 0, 0, 0), new = !first)
    first <- FALSE
    plot.new()
    plot.window(unlist(each$x), unlist(each$y))
    axis(1)
    axis(2)
    title(each$title)
    for (line in each$lines) lines(matrix(unlist(line), ncol = 2, byrow = TRUE))
    for (point in each$points) points(matrix(unlist(point), ncol = 2, byrow = TRUE))
    for (bar in each$bars) rect(bar[[1]], bar[[2]], bar[[1]] + bar[[3]], bar[[2]] + bar[[4]])
    for (word in each$words) text(word[[1]], word[[2]], word[[3]])
  }
}
