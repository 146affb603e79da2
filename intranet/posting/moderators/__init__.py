"""What programs do for moderators, and for those about whose posts was decided."""
