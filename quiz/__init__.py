"""Whose Word? Exercises on one question of a news article: on whose word does it rest this?"""
