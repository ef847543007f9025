"""A batch (lô nhập): one delivery of a source, from what was sent to revisions of figures.

In order of control flow: ``sources`` finds whom a delivery acts as; ``deliveries`` keeps what was
sent, ``keeping`` for as long as a batch needs it; ``records`` has the batch recorded, once for a
key; ``processing`` takes it through the rest, in one transaction: ``staging`` sends its rows to the
database as they are read, ``meaning`` tells what their ``words`` stand for and ``places`` which
areas, ``merging`` has them checked, added up where several old areas are one today, and merged, set
against set. ``reports`` says what came of it, ``decisions`` what becomes of a row that waits.

The statements are in ``statements/``. They run as the source's own account, so that the database
refuses what the source has no right to write, whatever the checks let pass. Figures are only ever
added to: a batch done twice, by two workers at once, or after one died of it, changes nothing more.
"""
