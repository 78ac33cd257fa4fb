"""From a patient's size to the milligrams of a dose."""
