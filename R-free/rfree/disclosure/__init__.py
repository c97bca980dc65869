"""Statistical disclosure control: what can be published of respondents without telling of one."""
