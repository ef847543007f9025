"""Rows by relation, batched: the executor that serves whatever a single statement does not.

``rows`` is what a row is here, ``selection`` builds the statements from the model's declarations,
``bundle`` batches them within one operation, over one transaction of one principal. However many
rows an operation walks through, each relation it asks for costs one statement a level.
"""
