a
	b
[2Jcÿâ€®|
