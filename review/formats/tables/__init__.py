"""Tables: CSV in all its forms, workbooks, pages of HTML."""
