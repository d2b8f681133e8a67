"""The site to publish: the web edition with everything that can be downloaded from it."""
