"""The screens of 取込."""
