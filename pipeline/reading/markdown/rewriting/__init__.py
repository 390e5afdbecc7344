"""An article's file with something in it written anew, which otherwise stays as it was written."""
