"""The editor of articles, in a real browser under the policy of the studio."""
