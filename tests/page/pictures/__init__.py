"""Pictures: examined, measured, converted, and their colours in ink."""
