"""Pictures of an issue: examined, measured, and brought to the form an edition needs, in light or in ink."""
