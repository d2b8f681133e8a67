"""What is known when all documents are read: the ledger of locators, and the checks before anything is written."""
