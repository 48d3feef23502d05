"""Workbooks out of a month: planned as cells first, then written; nothing here touches a disk.

openpyxl with lxml may report a workbook as saved although the disk was full, so lxml is switched off here, before
any module of this room can import openpyxl.
"""

import os

os.environ["OPENPYXL_LXML"] = "False"
