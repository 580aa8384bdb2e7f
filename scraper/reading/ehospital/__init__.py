"""The pages of taiwan-ehospital, by strict selectors."""
