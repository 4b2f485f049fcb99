"""The review of a country's report: assigned, assessed, concluded, commented, answered, final.

One module per part: `review` (what stands where, computed), `access` (whose file is open to whom),
and the verbs: `assigning`, `declaring`, `assessing`, `concluding`, `commenting`, `replying`,
`reopening`; `drafts` (autosaved, no entries) and `log` (who did what). See docs/workflow.md.
"""
