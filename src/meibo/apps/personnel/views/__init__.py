"""The screens of personnel."""
