"""One kit for every workbook that csctl makes: text fit for cells, looks, paper, pages planned as plain data."""
