"""What a question may contain: filters, orders, pages."""
