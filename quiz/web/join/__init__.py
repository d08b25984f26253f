"""Walking into a class: by its code, under a name, or with a six-digit code on another device."""
