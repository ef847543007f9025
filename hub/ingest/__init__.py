"""Data comes in: the hub's own reference files, and figures made up for demonstration.

In order of control flow: ``readers`` turns a file into rows that know their line, ``cells`` a cell
into a value, ``mapping`` a row into a typed draft or its rejections. ``drafts`` declares what a row
of each file says and ``files`` the files, ``local`` finds a place's own row of a national one,
``checks`` says what must hold between rows, ``reading`` does all this for a folder. ``rows`` turns
drafts into the rows of the tables; ``merge`` brings tables to hold exactly these, set against set,
``history`` those that keep what they said before, both from rows that ``staging`` put beside them.
``reference`` is the whole way in one transaction; ``demo`` goes it with what it makes up;
``accounts`` are those a development hub begins with. ``rejections`` says what was wrong,
``progress`` how far a load has come.

All or nothing: one wrong cell anywhere and nothing is written.

What other systems have comes another way. ``registration`` says what a source may write, and
``source_tables`` what its words mean. ``connections`` says where ``sources`` fetch it and
``fetching`` when, ``giving_back`` what must be corrected; ``sending`` takes what is sent.
``formats`` reads either, past ``guards``, into the rows of ``delivered``, and ``workbook`` the
hub's own forms; ``crosswalk`` finds the places. ``batch`` takes a delivery through, ``batch_work``
lets workers do so; ``submissions`` are made and opened by the clock, ``filling`` brings them as far
as their figures have come; ``development_sources`` are those a development hub begins with.
"""
