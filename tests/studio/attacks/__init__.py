"""The studio attacked: by what stands in files, by what lies in the workspace, and by what ends a process."""
