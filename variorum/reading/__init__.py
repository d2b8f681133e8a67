"""What happens while a document is read: notes, locators, departures marked in place, directives."""
