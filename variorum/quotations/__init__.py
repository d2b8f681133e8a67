"""Words that two passages share: found, compared, and declared with what is known of where they come from."""
